// Runs before the first paint: a theme chosen earlier must not flash, and panes must not jump from where they were left.
// Without a choice the system decides (tokens.css), and the panes are as at first (shell.css).
try {
  const { theme, panes } = JSON.parse(localStorage.getItem('strata.settings') || '{}');
  const root = document.documentElement;
  if (theme === 'light' || theme === 'dark') root.dataset.theme = theme;
  for (const pane of ['left', 'context', 'top']) {
    if (typeof panes?.[pane] === 'number') root.style.setProperty(`--shell-${pane}`, String(panes[pane]));
  }
} catch {
  // No storage, or not ours: the system's theme it is.
}
