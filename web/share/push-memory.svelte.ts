/** What was typed into the push dialog, for as long as this tab is open and nowhere else: it may hold a password. */
export const pushMemory = $state({ reference: '', username: '', password: '' });
