import fc from 'fast-check';
import { CASE_KINDS } from '../../../src/domain/kinds';
import { spFeedback } from '../../../src/domain/kinds/sp-feedback/form';
import {
  FORM_CALLBACK,
  FORM_LINES,
  formCallbackId,
  kindOfCallback,
  packFormMetadata,
  readFormMetadata,
  sourceText,
  usedIn,
} from '../../../src/slack/ids/form';

it('maps the modal of each kind of case, both ways', () => {
  for (const kind of CASE_KINDS) {
    expect(kindOfCallback(formCallbackId(kind))).toBe(kind);
    expect(formCallbackId(kind)).toMatch(FORM_CALLBACK);
  }
  expect(kindOfCallback('form:other')).toBeNull();
  expect('case_dialog:resolve').not.toMatch(FORM_CALLBACK);
});

it('keeps the ids of lines apart from those of questions', () => {
  const questionIds = spFeedback.questions.map(({ id }) => id);
  for (const id of Object.values(FORM_LINES)) expect(questionIds).not.toContain(id);
});

describe("a modal's memory", () => {
  const fromMessage = { channel: 'D0AGENT', source: { channel: 'C0WEST', ts: '1772386200.000100' } };

  it("comes back as it was packed, within Slack's limit", () => {
    for (const metadata of [fromMessage, { channel: null, source: null }]) {
      expect(readFormMetadata(packFormMetadata(metadata))).toEqual(metadata);
      expect(packFormMetadata(metadata).length).toBeLessThan(3000);
    }
  });

  it('first drops the names of files if it gets too long for Slack', () => {
    const files = Array.from({ length: 10 }, (_, i) => `${i} ${'"'.repeat(38)}`);
    const short = { ...fromMessage, files };
    expect(readFormMetadata(packFormMetadata(short))).toEqual(short);
    const source = { ...fromMessage.source, text: sourceText('x'.repeat(5000)) };
    const packed = packFormMetadata({ ...fromMessage, source, files });
    expect(packed.length).toBeLessThanOrEqual(3000);
    expect(readFormMetadata(packed)).toEqual({ ...fromMessage, source });
  });

  it('drops the story typed after the command if all else is too long already', () => {
    const [at, view] = ['2026-11-02T17:00:00.000Z', 'V0123456789'];
    const rest = {
      ...{ channel: 'C0123456789', source: null, typed: { is: 'doubtful' as const, text: '"'.repeat(50) } },
      ...{ given: { sp: 'SP100275', sj: '556677', told: true as const }, draft: at, restored: at, seen: at, place: 2 },
      ...{ page: 'what_happened', submitted: view, transfer: view, addTo: 'SPF-000123', continues: view },
      ...{ from: 'sp_feedback' as const, continuedBy: Array<string>(5).fill(view), edition: 3, pressed: { driver: 2 } },
    };
    const packed = packFormMetadata({ ...rest, told: sourceText('"\\'.repeat(4000)) });
    expect(packed.length).toBeLessThanOrEqual(3000);
    expect(readFormMetadata(packed)).toEqual(rest);
  });

  it('is refused if it is not ours', () => {
    for (const packed of ['', '{', 'null', '[]', '{"channel":"general","source":null}', '{"channel":null}'])
      expect(readFormMetadata(packed)).toBeNull();
    fc.assert(fc.property(fc.string(), (packed) => expect(readFormMetadata(packed)).toBeNull()));
  });

  it('is packed whatever Slack says of where the form was opened', () => {
    const url = 'https://hooks.slack.com/commands/T0/1/abc';
    expect(usedIn('C0WEST', url)).toEqual({ channel: 'C0WEST', answerAt: url });
    for (const odd of [undefined, '', 'nowhere', `${url}?${'x'.repeat(400)}`, 'ftp://hooks.slack.com/1']) {
      expect(usedIn('general', odd)).toEqual({ channel: null });
      expect(() => packFormMetadata({ ...usedIn('', odd), source: null })).not.toThrow();
    }
  });

  it('is not packed when it is wrong', () => {
    expect(() => packFormMetadata({ channel: 'not an id', source: null })).toThrow();
  });
});
