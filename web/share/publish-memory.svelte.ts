/** What was typed into the publish dialog, for as long as this tab is open and nowhere else: it may hold a password. */
export const publishMemory = $state({ reference: '', username: '', password: '', remember: false });
