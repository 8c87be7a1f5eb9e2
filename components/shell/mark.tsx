/** The palimpsest: a new line of text written over the ghost of an older one. */
export function Mark({ className }: { readonly className?: string }) {
  return (
    <svg aria-hidden viewBox="0 0 24 24" className={className}>
      <rect width="24" height="24" rx="6" className="fill-accent-solid" />
      <g className="stroke-on-accent" fill="none" strokeLinecap="round" strokeWidth="2.2">
        <path d="M7.2 7.1h9.6M7.2 12.1h5.2M15.6 12.1h1.2M7.2 17.1h7" opacity=".32" />
        <path d="M5.4 9.3h8.4M5.4 14.3h11.2" />
      </g>
    </svg>
  );
}
