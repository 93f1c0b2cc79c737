import { choiceInput, type Dialog, personInput, text, textInput } from './dialog';

/** A hand-over carries a summary, so that nobody has to tell the story twice (domain section 11). */
export const reassign: Dialog = {
  id: 'reassign',
  title: 'Reassign',
  submit: 'Reassign',
  blocks: (facts, { areas }) => [
    ...(areas.length
      ? [
          choiceInput(
            'area',
            'To the Area Manager of',
            areas.slice(0, 100).map(({ name }) => ({ value: name, label: name })),
            'static_select',
            { optional: true, hint: `Now: ${facts.area ?? 'no area'}. The card moves to the area's channel.` },
          ),
        ]
      : []),
    personInput('owner', 'Or to this person', true, 'Leave empty to hand it to the Area Manager chosen above.'),
    textInput('summary', 'Summary for the new owner', { hint: 'What was done so far, and what is still owed.' }),
  ],
  read: (values, { areas }) => {
    const area = areas.find(({ name }) => name === values.area);
    const owner = (values.owner as string | undefined) ?? area?.areaManager;
    if (!owner)
      return {
        faults: [
          {
            question: 'owner',
            message: area
              ? `${area.name} has no Area Manager yet. Choose a person here.`
              : 'Choose an area above, or a person here.',
          },
        ],
      };
    return { move: { type: 'reassign', area: area?.name ?? null, owner, summary: text(values, 'summary') } };
  },
};
