import type { CaseKind } from '../kinds';
import { exception } from './exception';
import type { Form } from './form';
import { highRisk } from './high-risk';
import { leadership } from './leadership';
import { providerReport } from './provider-report';
import { spFeedback } from './sp-feedback';

/** Every form there is, by the kind of case it files. */
export const FORMS: Readonly<Record<CaseKind, Form>> = {
  sp_feedback: spFeedback,
  exception,
  high_risk: highRisk,
  leadership,
  provider_report: providerReport,
};

/** The form of a kind of case. */
export const formOf = (kind: CaseKind): Form => FORMS[kind];
