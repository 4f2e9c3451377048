import type { Box } from './box';
import type { DrawnEdge } from './drawing';

/** Where the band of each thing begins and ends. */
export type Bands = Map<string, { readonly top: number; readonly bottom: number }>;

/** How far from a thing its lines turn: on the side where they begin there is room for what is said of them. */
const BEND_OUT = 46;
const BEND_IN = 14;
/** How far from the edge of its band a line runs along it. */
const ALONGSIDE = 8;
/** Lines that run beside each other, before the first place is taken again. */
const LANES_IN_A_GAP = 5;
const LANE_STEP = 5;
const LANES_BETWEEN_BANDS = 4;
const STEP_BETWEEN_BANDS = 4;

/**
 * Ways between things of different bands: out to the right, along the edge of the band, through the gap before the column of the target.
 * No thing stands there. Lines of one gap run beside each other.
 */
export class Corridors {
  private readonly lanes = new Map<string, Map<string, number>>();

  public constructor(private readonly bands: Bands) {}

  public between({ from: source, to: target }: DrawnEdge, from: Box, to: Box): Array<readonly [number, number]> {
    const [start, end] = [this.bands.get(source)!, this.bands.get(target)!];
    const up = end.top < start.top;
    const out = from.x + from.width + BEND_OUT + this.laneOf(`out ${from.x} ${start.top}`, source) % LANES_IN_A_GAP * LANE_STEP;
    const beside = ALONGSIDE + this.laneOf(`along ${start.top} ${up}`, source) % LANES_BETWEEN_BANDS * STEP_BETWEEN_BANDS;
    const along = up ? start.top - beside : start.bottom + beside;
    const into = to.x - BEND_IN - this.laneOf(`into ${to.x}`, target) % LANES_IN_A_GAP * LANE_STEP;
    const [fromY, toY] = [from.y + from.height / 2, to.y + to.height / 2];
    return [[from.x + from.width, fromY], [out, fromY], [out, along], [into, along], [into, toY], [to.x, toY]];
  }

  /** Lines of one thing share its lane. */
  private laneOf(gap: string, id: string): number {
    const known = this.lanes.get(gap) ?? new Map<string, number>();
    this.lanes.set(gap, known);
    if (!known.has(id)) known.set(id, known.size);
    return known.get(id)!;
  }
}
