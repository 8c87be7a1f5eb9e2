import type { ReactNode } from "react";
import type { RowSelection } from "./row-selection";

export interface VirtualColumn<Row> {
  readonly id: string;
  readonly header: string;
  /** Hides the header's text, not its name: for columns of icons. */
  readonly headerHidden?: boolean;
  /** CSS width; one column is left without and takes the rest. */
  readonly width?: string;
  readonly numeric?: boolean;
  readonly sortable?: boolean;
  /** The column disappears on screens narrower than this. */
  readonly hideBelow?: "sm" | "md" | "lg" | "xl";
  readonly cell: (row: Row) => ReactNode;
}

export interface TableSort {
  readonly columnId: string;
  readonly direction: "asc" | "desc";
}

export interface VirtualTableProps<Row> {
  readonly label: string;
  readonly columns: readonly VirtualColumn<Row>[];
  readonly rows: readonly Row[];
  readonly rowId: (row: Row) => string;
  /** What a screen reader calls the row, for its checkbox. */
  readonly rowLabel: (row: Row) => string;
  /** All rows of the query, loaded or not; null while unknown. */
  readonly totalCount: number | null;
  readonly hasMore?: boolean;
  readonly onNeedMore?: () => void;
  readonly selection?: RowSelection;
  readonly onSelectionChange?: (next: RowSelection) => void;
  readonly activeId?: string | null;
  readonly onActiveChange?: (id: string) => void;
  /** Enter or double click. */
  readonly onOpen?: (row: Row) => void;
  /** Space or click. */
  readonly onPeek?: (row: Row) => void;
  readonly sort?: TableSort;
  readonly onSortChange?: (next: TableSort) => void;
  /** Remembers the scroll position of this list for the way back. */
  readonly scrollKey?: string;
  readonly className?: string;
}

export const hiddenBelow = {
  sm: "max-sm:hidden",
  md: "max-md:hidden",
  lg: "max-lg:hidden",
  xl: "max-xl:hidden",
} as const;
