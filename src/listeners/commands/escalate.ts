import { typedForm } from '../typed-form';

/** `/escalate [SP account] [SJ]` */
export const escalate = typedForm('exception');
