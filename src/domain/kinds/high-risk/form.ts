import { chosen, driver, EVIDENCE, fixed, identityTick, LINE_MAX, SJ, SP_ACCOUNT, STORY_MAX } from '../../forms/common';
import type { Answers, Form, Mark, Question } from '../../forms/form';
import { highRiskSeverity } from './severity';

const situation = (code: string) => (answers: Answers) => chosen(answers, 'situation').includes(code);
const police = situation('police');
const lawsuit = situation('lawsuit');
const vehicleWithheld = (answers: Answers) => chosen(answers, 'conduct').includes('vehicle_withholding');

const questions: readonly Question[] = [
  {
    id: 'escalated_by',
    kind: 'one_of',
    label: 'Who is escalating',
    options: fixed({
      customer: 'Customer',
      service_professional: 'Service Professional',
      agent: 'Agent (witnessed on the call)',
    }),
    initial: 'customer',
    live: true,
  },
  {
    id: 'at_risk',
    kind: 'many_of',
    again: true,
    label: 'Who is at risk',
    options: fixed({ customer: 'Customer', sp: 'SP', agent: 'Agent', company: 'Company', public: 'Public' }),
    live: true,
  },
  SP_ACCOUNT,
  SJ,
  {
    id: 'situation',
    kind: 'many_of',
    again: true,
    label: 'Situation',
    options: fixed({
      safety: 'Safety Issue',
      police: 'Police Involved',
      lawsuit: 'Pending Lawsuit',
      threats: 'Threats or Harassment',
    }),
    hint: 'One here or below.',
    unless: 'conduct',
    live: true,
  },
  {
    id: 'conduct',
    kind: 'many_of',
    again: true,
    label: 'Conduct involved',
    placeholder: 'Any',
    options: fixed({
      threatening_rude: 'Threatening and rude behavior',
      sexual_misconduct: 'Sexual misconduct',
      post_service_contact: 'Post-service contact',
      physical_contact: 'Physical contact',
      discrimination: 'Discrimination',
      property_damage: 'Property damage',
      vehicle_withholding: 'Vehicle withholding',
      egregious_billing: 'Egregious billing',
    }),
    unless: 'situation',
    live: true,
  },
  { id: 'danger_now', kind: 'yes_no', label: 'Is anyone in danger now', live: true },
  { id: 'what_happened', kind: 'long_text', label: 'What happened', maxLength: STORY_MAX },
  identityTick(({ escalated_by }) => escalated_by !== 'agent'),
  { ...driver(), extra: true },
  {
    id: 'police_report_number',
    kind: 'text',
    holds: 'police_number',
    label: 'Report number',
    hint: 'None yet? You are asked again.',
    maxLength: 60,
    when: police,
    optional: true,
  },
  {
    id: 'police_agency',
    kind: 'text',
    holds: 'police_agency',
    label: 'Agency',
    maxLength: LINE_MAX,
    when: police,
    optional: true,
  },
  {
    id: 'lawsuit_stage',
    kind: 'one_of',
    label: 'Threatened or initiated',
    when: lawsuit,
    options: fixed({ threatened: 'Threatened', initiated: 'Initiated' }),
    live: true,
  },
  {
    id: 'lawsuit_counsel',
    kind: 'text',
    label: 'Attorney / court',
    maxLength: LINE_MAX,
    when: lawsuit,
    optional: true,
    // A threatened one may have neither yet.
    needed: ({ lawsuit_stage }) => lawsuit_stage === 'initiated',
  },
  { id: 'vehicle_location', kind: 'text', label: 'Where the vehicle is', maxLength: LINE_MAX, when: vehicleWithheld },
  ...EVIDENCE,
];

const MARKS: readonly [Mark, (answers: Answers) => boolean][] = [
  ['sensitive', () => true],
  ['sp_at_risk', (answers) => chosen(answers, 'at_risk').includes('sp')],
  ['police_number_missing', (answers) => police(answers) && !answers.police_report_number],
  ['lawsuit', lawsuit],
  ['law_enforcement', police],
];

/** High-risk report, `/high-risk` (domain section 4). Its title reveals nothing: the area's card may show it. */
export const highRisk: Form<'high_risk'> = {
  kind: 'high_risk',
  title: 'High-risk report',
  banner: 'If anyone is in danger now, call the emergency services first.',
  isCalm: ({ danger_now }) => danger_now === 'no',
  more: 'Add driver, evidence',
  starter: () => ({ at_risk: ['customer'], situation: ['safety'] }),
  opening: 'I am sorry. Your safety comes first.',
  openings: [
    {
      when: ({ danger_now }) => danger_now === 'yes',
      say: 'Please call the emergency services now. I am here with you.',
    },
    {
      when: ({ escalated_by }) => escalated_by === 'service_professional',
      say: 'Thank you for calling us. Your safety matters to us.',
    },
    {
      when: situation('threats'),
      say: 'I am sorry you were treated like that. I take it seriously.',
    },
    { when: lawsuit, say: 'I understand. I am passing on exactly what you tell me.' },
  ],
  closing:
    'Thank you for telling me. Our risk team has your report now and looks at it around the clock. ' +
    'If anything changes, or you do not feel safe, call the emergency services first and then call us again.',
  spQuestion: SP_ACCOUNT.id,
  sjQuestion: SJ.id,
  questions,
  agreements: () => [],
  derive: (answers) => {
    const { severity, reason } = highRiskSeverity({
      dangerNow: answers.danger_now === 'yes',
      situations: chosen(answers, 'situation'),
      conduct: chosen(answers, 'conduct'),
    });
    return {
      severity,
      severityReason: reason,
      tone: 'negative',
      codes: [],
      title: 'High-risk report',
      marks: MARKS.flatMap(([mark, holds]) => (holds(answers) ? [mark] : [])),
    };
  },
};
