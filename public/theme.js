// Runs before the first paint: a theme chosen earlier must not flash. Without a choice the system decides (tokens.css).
try {
  const { theme } = JSON.parse(localStorage.getItem('strata.settings') || '{}');
  if (theme === 'light' || theme === 'dark') document.documentElement.dataset.theme = theme;
} catch {
  // No storage, or not ours: the system's theme it is.
}
