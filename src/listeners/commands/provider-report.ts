import { typedForm } from '../typed-form';

/** `/provider-report [SP account] [SJ]` */
export const providerReport = typedForm('provider_report');
