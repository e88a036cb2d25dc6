/** What a menu holds (ui/Menu.svelte). */
export type MenuEntry =
  | { readonly kind: 'heading'; readonly text: string }
  | { readonly kind: 'line' }
  | {
      readonly kind: 'item';
      readonly text: string;
      readonly note?: string | undefined;
      readonly disabled?: boolean;
      readonly run: () => void;
    };
