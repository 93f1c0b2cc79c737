import { visibleQuestions } from '../../../../src/domain/forms/engine';
import type { Answers } from '../../../../src/domain/forms/form';
import { highRisk } from '../../../../src/domain/kinds/high-risk/form';
import { procedureOf } from '../../../support/procedure';

const COMPLETE: Answers = {
  escalated_by: 'customer',
  at_risk: ['customer'],
  sp_account: 'SP-10442',
  sj: '4471220',
  situation: ['safety'],
  danger_now: 'no',
  what_happened: 'The heater was left with an open gas line.',
};
const { asks, offers, faultsOf, derived } = procedureOf(highRisk, COMPLETE);

describe('the procedure of a high-risk report', () => {
  it('opens with the banner', () => {
    expect(highRisk.banner).toBe('If anyone is in danger now, call the emergency services first.');
  });

  it('asks in order', () => {
    expect(asks()).toEqual([
      'Who is escalating',
      'Who is at risk',
      'SP Account Number',
      'SJ Number',
      'Situation',
      'Conduct involved',
      'Is anyone in danger now',
      'What happened',
      'Identity verified',
      'Driver or technician',
      'Evidence',
      'Link to the recorded call',
    ]);
  });

  it("offers the procedure's options", () => {
    expect(offers('escalated_by')).toEqual(['Customer', 'Service Professional', 'Agent (witnessed on the call)']);
    expect(offers('at_risk')).toEqual(['Customer', 'SP', 'Agent', 'Company', 'Public']);
    expect(offers('situation')).toEqual([
      'Safety Issue',
      'Police Involved',
      'Pending Lawsuit',
      'Threats or Harassment',
    ]);
    expect(offers('conduct')).toEqual([
      'Threatening and rude behavior',
      'Sexual misconduct',
      'Post-service contact',
      'Physical contact',
      'Discrimination',
      'Property damage',
      'Vehicle withholding',
      'Egregious billing',
    ]);
    expect(offers('lawsuit_stage')).toEqual(['Threatened', 'Initiated']);
  });

  it('needs a situation or a conduct, who is at risk, the danger and what happened; evidence is optional', () => {
    expect(faultsOf({ at_risk: [], situation: [], danger_now: '', what_happened: '' })).toEqual({
      at_risk: 'Choose at least one.',
      situation: 'Choose at least one, here or in the other list.',
      conduct: 'Choose at least one, here or in the other list.',
      danger_now: 'Choose Yes or No.',
      what_happened: 'Write a sentence or two here.',
    });
    expect(faultsOf({})).toEqual({});
  });

  it('accepts a conduct instead of a situation, or a situation instead of a conduct', () => {
    expect(faultsOf({ situation: [], conduct: ['property_damage'] })).toEqual({});
    expect(faultsOf({ situation: ['safety'], conduct: [] })).toEqual({});
    expect(Object.keys(faultsOf({ situation: [], conduct: [] }))).toEqual(['situation', 'conduct']);
  });

  it('never presumes that no one is in danger', () => {
    const danger = highRisk.questions.find(({ id }) => id === 'danger_now');
    expect(danger && 'initial' in danger).toBe(false);
  });

  it('asks to verify the identity before personal details, unless only the agent witnessed it', () => {
    const ids = visibleQuestions(highRisk, { ...COMPLETE, situation: ['police', 'lawsuit'] }).map(({ id }) => id);
    expect(ids.indexOf('identity_tick')).toBeLessThan(ids.indexOf('police_report_number'));
    expect(ids.indexOf('identity_tick')).toBeLessThan(ids.indexOf('lawsuit_counsel'));
    expect(asks({ escalated_by: 'agent' })).not.toContain('Identity verified');
  });
});

describe('the branch fields', () => {
  it('of police: report number and agency, both optional at first, the number asked again later', () => {
    const police = { situation: ['police'] };
    expect(asks(police)).toEqual(expect.arrayContaining(['Report number', 'Agency']));
    expect(derived(police).marks).toContain('police_number_missing');
    expect(derived({ ...police, police_report_number: 'HX-221' }).marks).not.toContain('police_number_missing');
    expect(derived({}).marks).not.toContain('police_number_missing');
  });

  it('of a lawsuit: threatened or initiated, and the attorney or court once initiated', () => {
    const lawsuit = { situation: ['lawsuit'] };
    expect(asks(lawsuit)).toEqual(expect.arrayContaining(['Threatened or initiated', 'Attorney / court']));
    expect(Object.keys(faultsOf(lawsuit))).toEqual(['lawsuit_stage']);
    expect(faultsOf({ ...lawsuit, lawsuit_stage: 'threatened' })).toEqual({});
    expect(faultsOf({ ...lawsuit, lawsuit_stage: 'initiated' })).toEqual({
      lawsuit_counsel: 'Fill this in.',
    });
    expect(faultsOf({ ...lawsuit, lawsuit_stage: 'initiated', lawsuit_counsel: 'Cook County' })).toEqual({});
  });

  it('of vehicle withholding: where the vehicle is', () => {
    const withheld = { conduct: ['vehicle_withholding'] };
    expect(asks(withheld)).toContain('Where the vehicle is');
    expect(Object.keys(faultsOf(withheld))).toEqual(['vehicle_location']);
    expect(asks()).not.toContain('Where the vehicle is');
  });

  it('accept the full link to the recorded call', () => {
    expect(faultsOf({ call_recording: 'call 17' }).call_recording).toBe(
      'Paste the whole link, starting with https://.',
    );
    expect(faultsOf({ call_recording: ' https://calls.example/17 ' })).toEqual({});
  });
});

describe('the result of a high-risk report', () => {
  it.each<[Answers, string, string]>([
    [{ danger_now: 'yes' }, 'critical', 'Critical because someone is in danger now.'],
    [{ situation: ['police'] }, 'critical', 'Critical because the police are involved.'],
    [{ conduct: ['sexual_misconduct'] }, 'critical', 'Critical because sexual misconduct is reported.'],
    [{ conduct: ['physical_contact'] }, 'critical', 'Critical because physical contact is reported.'],
    [{ situation: ['threats'] }, 'high', 'High because threats or harassment are reported.'],
    [{ situation: ['lawsuit'], lawsuit_stage: 'threatened' }, 'high', 'High because a lawsuit is pending.'],
    [{}, 'high', 'High because there is a safety issue.'],
    ...['threatening_rude', 'post_service_contact', 'property_damage', 'egregious_billing'].map(
      (conduct): [Answers, string, string] => [
        { situation: [], conduct: [conduct] },
        'elevated',
        'Elevated because nothing reported calls for critical or high.',
      ],
    ),
    [
      { situation: [], conduct: ['property_damage'], danger_now: 'yes' },
      'critical',
      'Critical because someone is in danger now.',
    ],
  ])('is its severity with the reason: %j', (answers, severity, severityReason) => {
    expect(derived(answers)).toMatchObject({ severity, severityReason, tone: 'negative', codes: [] });
  });

  it('is a copy for the Provider Advocates if the SP is at risk', () => {
    expect(derived({ at_risk: ['customer', 'sp'] }).marks).toContain('sp_at_risk');
    expect(derived({}).marks).not.toContain('sp_at_risk');
  });

  it('is a legal hold if a lawsuit is named', () => {
    expect(derived({ situation: ['lawsuit'], lawsuit_stage: 'threatened' }).marks).toContain('lawsuit');
    expect(derived({}).marks).not.toContain('lawsuit');
  });

  it('is need-to-know, with a title that reveals nothing', () => {
    expect(derived({ conduct: ['discrimination'] })).toMatchObject({ title: 'High-risk report', marks: ['sensitive'] });
  });
});
