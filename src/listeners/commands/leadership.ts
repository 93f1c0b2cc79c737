import { typedForm } from '../typed-form';

/** `/leadership [SP account] [SJ]` */
export const leadership = typedForm('leadership');
