import { ink } from "./chart-theme";

export interface HatchPatternProps {
  readonly id: string;
  readonly color: string;
}

/** A striped fill, to tell two series apart without their colour. Goes into `<defs>`. */
export function HatchPattern({ id, color }: HatchPatternProps) {
  return (
    <pattern id={id} width="5" height="5" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
      <rect width="5" height="5" fill={color} />
      <line x1="1" x2="1" y1="0" y2="5" stroke={ink.surface} strokeWidth="2" strokeOpacity="0.6" />
    </pattern>
  );
}
