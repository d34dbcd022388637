import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { z } from 'zod';
import '@xyflow/react/dist/base.css';
import './styles.css';
import { App } from './app/app.tsx';
import { startSession } from './state/start-session.ts';

// zod would otherwise try whether it may compile code from text, which the window's content security policy refuses.
z.config({ jitless: true });

const root = document.getElementById('root');
if (root === null) throw new Error('The page has no element "root".');
createRoot(root).render(
  <StrictMode>
    <App />
  </StrictMode>,
);
void startSession();
