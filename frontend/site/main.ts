import './css/main.css';
import './generated/icons.svg?url';
import './icon.svg?url';
import { rememberTheme } from './toggle';

rememberTheme();
