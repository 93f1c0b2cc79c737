/** Line icons of the page, 24 units square, drawn in the text's color. */
const PATHS = {
  clock: 'M12 7v5l3 2M21 12a9 9 0 1 1-18 0 9 9 0 0 1 18 0Z',
  clip: 'm20 11-8.5 8.5a5 5 0 0 1-7-7L13 4a3.3 3.3 0 0 1 4.7 4.7l-8.4 8.4a1.7 1.7 0 0 1-2.4-2.4L14 7.6',
  bolt: 'M13 3 5 13h6l-1 8 8-11h-6l1-7Z',
  send: 'm4 4 17 8-17 8 2.5-8L4 4Zm2.5 8H13',
  smile: 'M8.5 14.5a4.5 4.5 0 0 0 7 0M9 9.5h.01M15 9.5h.01M21 12a9 9 0 1 1-18 0 9 9 0 0 1 18 0Z',
  reply: 'M20 12a7.5 7.5 0 0 1-7.5 7.5H4l1.8-3A7.5 7.5 0 1 1 20 12ZM9 11h7M9 14h4',
  dots: 'M5 12h.01M12 12h.01M19 12h.01',
  more: 'M12 5h.01M12 12h.01M12 19h.01',
  close: 'm6 6 12 12M18 6 6 18',
  back: 'm15 5-7 7 7 7',
  menu: 'M4 6h16M4 12h16M4 18h16',
  sun: 'M12 3v2M12 19v2M3 12h2M19 12h2M5.6 5.6 7 7M17 17l1.4 1.4M18.4 5.6 17 7M7 17l-1.4 1.4M16 12a4 4 0 1 1-8 0 4 4 0 0 1 8 0Z',
  moon: 'M20 14.5A8.5 8.5 0 0 1 9.5 4a8.5 8.5 0 1 0 10.5 10.5Z',
  lock: 'M7 11V8a5 5 0 0 1 10 0v3M6 11h12v9H6v-9Z',
  eye: 'M2.5 12S6 5.5 12 5.5 21.5 12 21.5 12 18 18.5 12 18.5 2.5 12 2.5 12ZM15 12a3 3 0 1 1-6 0 3 3 0 0 1 6 0Z',
  file: 'M6 3h8l4 4v14H6V3Zm8 0v4h4',
  image: 'M4 5h16v14H4V5Zm0 11 5-5 4 4 3-2 4 3',
} as const;

/** An icon next to text, or inside a button with a name: decoration to assistive technology. */
export function Icon({ name, size = 18 }: { name: keyof typeof PATHS; size?: number }) {
  const dotted = name === 'dots' || name === 'more';
  return (
    <svg className="icon" width={size} height={size} viewBox="0 0 24 24" aria-hidden="true" focusable="false">
      <path
        d={PATHS[name]}
        fill="none"
        stroke="currentColor"
        strokeWidth={dotted ? 3 : 1.8}
        strokeLinecap="round"
        strokeLinejoin="round"
      />
    </svg>
  );
}
