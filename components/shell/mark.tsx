/** The palimpsest: two lines of new text over the ghost of an older one, turned aside as scribes did; together a P. */
export function Mark({ className }: { readonly className?: string }) {
  return (
    <svg aria-hidden viewBox="0 0 24 24" className={className}>
      <rect width="24" height="24" rx="6" className="fill-accent-solid" />
      <g className="stroke-on-accent" fill="none" strokeLinecap="round" strokeWidth="2.6">
        <path d="M8.6 5.4v13.2M15.4 5.4v8" opacity=".34" />
        <path d="M5.4 9h13.2M5.4 15h7.6" />
      </g>
    </svg>
  );
}
