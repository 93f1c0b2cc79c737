import { typedForm } from '../typed-form';

/** `/high-risk [SP account] [SJ]` */
export const highRisk = typedForm('high_risk');
