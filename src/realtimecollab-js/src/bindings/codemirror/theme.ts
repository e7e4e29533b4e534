import { EditorView } from '@codemirror/view';

/** Carets, flags and selections of others; `--rc-color` is the person's colour. Works on light and dark ground. */
export const remoteSelectionTheme = EditorView.baseTheme({
  '.rc-selection': { background: 'color-mix(in srgb, var(--rc-color) 28%, transparent)', borderRadius: '2px' },
  '.rc-carets': { pointerEvents: 'none' },
  '.rc-caret': { width: '2px', marginLeft: '-1px', background: 'var(--rc-color)', transition: 'left 80ms, top 80ms' },
  '.rc-flag': {
    position: 'absolute',
    left: '0',
    bottom: '100%',
    padding: '1px 6px 2px',
    borderRadius: '6px 6px 6px 0',
    background: 'var(--rc-color)',
    color: '#fff',
    font: '600 11px/1.3 system-ui, sans-serif',
    textShadow: '0 0 2px rgb(0 0 0 / 0.45)',
    whiteSpace: 'nowrap',
    animation: 'rc-flag 4s ease-in forwards',
  },
  '.rc-caret-below .rc-flag': { bottom: 'auto', top: '100%', borderRadius: '0 6px 6px 6px' },
  '@keyframes rc-flag': { '0%, 85%': { opacity: '1' }, '100%': { opacity: '0.35' } },
  '@media (prefers-reduced-motion: reduce)': { '.rc-caret': { transition: 'none' }, '.rc-flag': { animation: 'none' } },
});
