import { typedForm } from '../typed-form';

/** `/sp-feedback [SP account] [SJ]` */
export const spFeedback = typedForm('sp_feedback');
