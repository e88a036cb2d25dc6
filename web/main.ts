/** The first code of the page: small, so that the shell in index.html is painted and the workers start before all else. */
import { afterFrame } from './ui/after-frame.ts';
import { connect } from './engine/connect.ts';
import './ui/tokens.css';
import './ui/base.css';
import './ui/shell.css';

const clients = connect();
await afterFrame();
const { start } = await import('./start.ts');
start(clients);
