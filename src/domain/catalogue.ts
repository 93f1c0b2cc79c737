import type { ExceptionCode } from './exception-codes';
import type { Catalogue, Option } from './forms/form';

/** The editable lists of domain section 3, by their key in a Catalogue. */
export const CATALOGUE_KEYS = [
  'negative_customer',
  'positive_customer',
  'positive_internal',
  'negative_internal',
  'high_cost',
  'workmanship',
  'process',
] as const;
export type CatalogueKey = (typeof CATALOGUE_KEYS)[number];

const option = (code: string, label: string, exceptionCode?: ExceptionCode): Option => ({
  code,
  label,
  ...(exceptionCode && { exceptionCode }),
});
const highRisk = (code: string, label: string): Option => ({ code, label, highRisk: true });

/** The starter lists of domain section 3: what a new installation offers until the business edits them. */
export const STARTER_CATALOGUE: Readonly<Record<CatalogueKey, readonly Option[]>> = {
  negative_customer: [
    option('missed_appointment', 'Missed appointment', 'MISSED APPT'),
    option('no_call_no_show', 'No call, no show', 'NCNS'),
    option('no_response_to_customer', 'No response to customer', 'NO RESPONSE'),
    option('rude_or_unprofessional', 'Rude or unprofessional', 'UNPROFESSIONAL'),
    option('poor_workmanship', 'Poor workmanship', 'WORKMANSHIP'),
    option('misdiagnosis', 'Misdiagnosis', 'MISDIAG'),
    option('high_cost_or_billing_dispute', 'High cost or billing dispute', 'HI COST'),
    option('no_work_done', 'No work done', 'NO WORK'),
    option('did_not_follow_process', 'Did not follow process', 'PROCESS'),
    option('sp_unresponsive_to_us', 'SP unresponsive to us', 'SP UNRESPONSIVE'),
    highRisk('property_damage', 'Property damage'),
    highRisk('threats_harassment_or_unwanted_contact', 'Threats, harassment or unwanted contact'),
    highRisk('discrimination', 'Discrimination'),
  ],
  positive_customer: [
    option('on_time', 'On time', 'GREAT SVC'),
    option('professional_and_courteous', 'Professional and courteous', 'GREAT SVC'),
    option('quality_workmanship', 'Quality workmanship', 'GREAT SVC'),
    option('clear_communication', 'Clear communication', 'GREAT SVC'),
    option('went_above_and_beyond', 'Went above and beyond', 'GREAT SVC'),
    option('clean_work_area', 'Clean work area', 'GREAT SVC'),
    option('fast_resolution', 'Fast resolution', 'GREAT SVC'),
  ],
  positive_internal: [
    option('responsive_to_calls', 'Responsive to calls', 'GREAT SVC'),
    option('took_a_difficult_job', 'Took a difficult job', 'GREAT SVC'),
    option('accurate_diagnosis', 'Accurate diagnosis', 'GREAT SVC'),
    option('fair_cost', 'Fair cost', 'GREAT SVC'),
    option('complete_documentation', 'Complete documentation', 'GREAT SVC'),
    option('helpful_to_the_team', 'Helpful to the team', 'GREAT SVC'),
  ],
  negative_internal: [
    option('high_cost', 'High cost', 'HI COST'),
    option('poor_workmanship', 'Poor workmanship', 'WORKMANSHIP'),
    option('did_not_follow_process', 'Did not follow process', 'PROCESS'),
    option('sp_unresponsive', 'SP unresponsive', 'SP UNRESPONSIVE'),
    option('unprofessional', 'Unprofessional', 'UNPROFESSIONAL'),
    option('misdiagnosis', 'Misdiagnosis', 'MISDIAG'),
    option('refused_or_did_no_work', 'Refused or did no work', 'NO WORK'),
    option('profile_out_of_date', 'Profile out of date', 'PROFILE UPDATE'),
    option('needs_coaching', 'Needs coaching', 'COACH'),
  ],
  high_cost: [
    option('parts_above_market', 'Parts above market'),
    option('labour_hours_above_guide', 'Labor hours above guide'),
    option('non_covered_charges', 'Non-covered charges'),
    option('unnecessary_repair', 'Unnecessary repair'),
    option('duplicate_invoice', 'Duplicate invoice'),
    option('quote_without_detail', 'Quote without detail'),
    option(
      'asked_for_a_virtual_card_instead_of_the_contracted_rate',
      'Asked for a virtual card instead of the contracted rate',
    ),
    option('asked_the_customer_for_payment', 'Asked the customer for payment'),
    option('added_services_not_dispatched', 'Added services not dispatched'),
  ],
  workmanship: [
    option('same_failure_again_within_30_days', 'Same failure again within 30 days'),
    option('repair_left_incomplete', 'Repair left incomplete'),
    option('wrong_part', 'Wrong part'),
    option('damage_to_the_home_or_vehicle', 'Damage to the home or vehicle'),
    option('unsafe_condition_left', 'Unsafe condition left'),
  ],
  process: [
    option('no_call_ahead', 'No call ahead'),
    option('work_before_authorisation', 'Work before authorization'),
    option('no_or_late_job_notes', 'No or late job notes'),
    option('status_not_updated', 'Status not updated'),
    option('unlicensed_technician_sent', 'Unlicensed technician sent'),
    option('contacted_customer_outside_the_service', 'Contacted customer outside the service'),
  ],
};

/** The options of one editable list, including retired ones; empty if the catalogue has no such list. */
export const listOf = (catalogue: Catalogue, key: CatalogueKey): readonly Option[] => catalogue[key] ?? [];
