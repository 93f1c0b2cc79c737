import './styles/base.css';
import './styles/shell.css';
import './styles/message.css';
import './styles/composer.css';
import './styles/blocks.css';
import './styles/inputs.css';
import './styles/dialog.css';
import './styles/panels.css';
import './styles/narrow.css';
import { createRoot } from 'react-dom/client';
import { App } from './app';
import { workspace } from './store/context';

const root = document.getElementById('root');
if (!root) throw new Error('The page has no #root to draw in');
createRoot(root).render(<App />);
workspace.start();
