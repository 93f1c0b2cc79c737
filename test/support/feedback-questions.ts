/** The labels of the SP feedback form, as the procedure has them. */
export const REASON = 'Reason For Feedback';
export const COMPLAINT = 'Does Customer Have a Complaint Against SP';
export const REFUSED_REASON = 'SP Refused Reason';
export const REFUSED_OTHER = 'Explanation of Other Refusal';
export const POSITIVE_CUSTOMER = 'Positive Customer Feedback';
export const NEGATIVE_CUSTOMER = 'Negative Customer Feedback';
export const POSITIVE_INTERNAL = 'Positive Internal Feedback';
export const NEGATIVE_INTERNAL = 'Negative Internal Feedback';
export const CUSTOMER_DETAILS = "Details of Customer's Experience with SP";
export const INTERNAL_DETAILS = 'Details of Internal Experience with SP';
export const HIGH_COST = 'If Has High Cost, Select All That Apply';
export const WORKMANSHIP = 'If Poor Workmanship, Select All That Apply';
export const PROCESS = 'If SP Did Not Follow Process, Select All That Apply';
export const NO_HIGH_COST = 'SP Does Not Have High Cost';
export const NO_POOR_WORKMANSHIP = 'SP Did Not Have Poor Workmanship';
export const PROCESS_FOLLOWED = 'SP Followed Process';
export const DRIVER = 'Driver or technician';
export const ALWAYS = ['SP Account Number', 'SJ Number', REASON];

/** The answer to the first question, which asks for the reason and its kind at once. */
export const recalled = (why: string) => ({ [REASON]: `Recall Reassignment: ${why}` });
export const REFUSED = recalled('SP Refused');
export const fromCustomer = (type: string) => ({ [REASON]: `SP Feedback from Customer: ${type}` });
export const internal = (type: string) => ({ [REASON]: `SP Internal Feedback: ${type}` });
/** The starter lists of the procedure: each label with its stored code. */
export const SETS = {
  [NEGATIVE_CUSTOMER]: {
    'Missed appointment': 'missed_appointment',
    'No call, no show': 'no_call_no_show',
    'No response to customer': 'no_response_to_customer',
    'Rude or unprofessional': 'rude_or_unprofessional',
    'Poor workmanship': 'poor_workmanship',
    Misdiagnosis: 'misdiagnosis',
    'High cost or billing dispute': 'high_cost_or_billing_dispute',
    'No work done': 'no_work_done',
    'Did not follow process': 'did_not_follow_process',
    'SP unresponsive to us': 'sp_unresponsive_to_us',
    'Property damage': 'property_damage',
    'Threats, harassment or unwanted contact': 'threats_harassment_or_unwanted_contact',
    Discrimination: 'discrimination',
  },
  [POSITIVE_CUSTOMER]: {
    'On time': 'on_time',
    'Professional and courteous': 'professional_and_courteous',
    'Quality workmanship': 'quality_workmanship',
    'Clear communication': 'clear_communication',
    'Went above and beyond': 'went_above_and_beyond',
    'Clean work area': 'clean_work_area',
    'Fast resolution': 'fast_resolution',
  },
  [POSITIVE_INTERNAL]: {
    'Responsive to calls': 'responsive_to_calls',
    'Took a difficult job': 'took_a_difficult_job',
    'Accurate diagnosis': 'accurate_diagnosis',
    'Fair cost': 'fair_cost',
    'Complete documentation': 'complete_documentation',
    'Helpful to the team': 'helpful_to_the_team',
  },
  [NEGATIVE_INTERNAL]: {
    'High cost': 'high_cost',
    'Poor workmanship': 'poor_workmanship',
    'Did not follow process': 'did_not_follow_process',
    'SP unresponsive': 'sp_unresponsive',
    Unprofessional: 'unprofessional',
    Misdiagnosis: 'misdiagnosis',
    'Refused or did no work': 'refused_or_did_no_work',
    'Profile out of date': 'profile_out_of_date',
    'Needs coaching': 'needs_coaching',
  },
  [HIGH_COST]: {
    'Parts above market': 'parts_above_market',
    'Labor hours above guide': 'labour_hours_above_guide',
    'Non-covered charges': 'non_covered_charges',
    'Unnecessary repair': 'unnecessary_repair',
    'Duplicate invoice': 'duplicate_invoice',
    'Quote without detail': 'quote_without_detail',
    'Asked for a virtual card instead of the contracted rate':
      'asked_for_a_virtual_card_instead_of_the_contracted_rate',
    'Asked the customer for payment': 'asked_the_customer_for_payment',
    'Added services not dispatched': 'added_services_not_dispatched',
  },
  [WORKMANSHIP]: {
    'Same failure again within 30 days': 'same_failure_again_within_30_days',
    'Repair left incomplete': 'repair_left_incomplete',
    'Wrong part': 'wrong_part',
    'Damage to the home or vehicle': 'damage_to_the_home_or_vehicle',
    'Unsafe condition left': 'unsafe_condition_left',
  },
  [PROCESS]: {
    'No call ahead': 'no_call_ahead',
    'Work before authorization': 'work_before_authorisation',
    'No or late job notes': 'no_or_late_job_notes',
    'Status not updated': 'status_not_updated',
    'Unlicensed technician sent': 'unlicensed_technician_sent',
    'Contacted customer outside the service': 'contacted_customer_outside_the_service',
  },
};
export type SetName = keyof typeof SETS;
export const labels = (set: SetName): string[] => Object.keys(SETS[set]);
export const codes = (set: SetName): string[] => Object.values(SETS[set]);
