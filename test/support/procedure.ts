import { STARTER_CATALOGUE } from '../../src/domain/catalogue';
import { offeredOptions } from '../../src/domain/forms/answer';
import { check, visibleQuestions } from '../../src/domain/forms/engine';
import type { Answers, Catalogue, Derived, Form } from '../../src/domain/forms/form';

/** A form's procedure by its labels: what it asks, offers, refuses and concludes. */
export const procedureOf = (form: Form, always: Answers) => {
  const file = (answers: Answers, catalogue: Catalogue = STARTER_CATALOGUE) =>
    check(form, { ...always, ...answers }, catalogue);
  return {
    file,
    /** The labels on screen, in order. */
    asks: (answers: Answers = {}) => visibleQuestions(form, { ...always, ...answers }).map(({ label }) => label),
    /** The labels offered under one question. */
    offers: (id: string) => {
      const question = form.questions.find((candidate) => candidate.id === id);
      return question ? offeredOptions(question, STARTER_CATALOGUE).map(({ label }) => label) : [];
    },
    faultsOf: (answers: Answers, catalogue?: Catalogue): Record<string, string> => {
      const checked = file(answers, catalogue);
      return checked.ok ? {} : Object.fromEntries(checked.faults.map(({ question, message }) => [question, message]));
    },
    derived: (answers: Answers): Derived => {
      const checked = file(answers);
      if (!checked.ok) throw new Error(JSON.stringify(checked.faults));
      return checked.derived;
    },
  };
};
