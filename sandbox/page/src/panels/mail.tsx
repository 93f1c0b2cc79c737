import { useEffect, useState } from 'react';
import type { ClientMail } from '../../../client-protocol';
import { useWorkspace, useZone } from '../store/context';
import { timeOfDay } from '../text/dates';
import { PanelFrame } from './panel';

const LOOK_MS = 2000;

function Line({ mail }: { mail: ClientMail }) {
  const zone = useZone();
  const [open, setOpen] = useState(false);
  return (
    <div className="traffic-line">
      <button type="button" className="traffic-head" aria-expanded={open} onClick={() => setOpen(!open)}>
        <span className="traffic-name">{mail.subject}</span>
        <span className="traffic-meta">
          To {mail.to.join(', ')} · {timeOfDay(mail.at, zone)}
        </span>
      </button>
      {open && (
        <div className="traffic-body">
          <iframe className="mail-html" title={mail.subject} sandbox="" srcDoc={mail.html} />
          <h3>As plain text</h3>
          {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region must be reachable by keyboard */}
          <pre className="traffic-json" tabIndex={0}>
            {mail.text}
          </pre>
        </div>
      )}
    </div>
  );
}

/** What the app has mailed, newest first. Nothing of it leaves this machine. */
export function MailPanel() {
  const { api } = useWorkspace();
  const [mails, setMails] = useState<readonly ClientMail[]>([]);
  useEffect(() => {
    let gone = false;
    const look = () =>
      void api.mails().then(
        (answer) => {
          if (!gone) setMails(answer.mails);
        },
        () => undefined, // the top bar says that the workspace is unreachable
      );
    look();
    const timer = window.setInterval(look, LOOK_MS);
    return () => {
      gone = true;
      window.clearInterval(timer);
    };
  }, [api]);
  return (
    <PanelFrame title="Mail">
      {mails.length === 0 ? (
        <div className="empty">No mail yet. Send an exception to its Area Manager, and it appears here.</div>
      ) : (
        <div className="mail-list">
          {mails.map((mail) => (
            <Line key={`${mail.messageId} ${mail.at}`} mail={mail} />
          ))}
        </div>
      )}
    </PanelFrame>
  );
}
