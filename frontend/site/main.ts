import './css/main.css';
import './generated/icons.svg?url';
import './icon.svg?url';
import { offerSharing } from './share';
import { rememberTheme } from './toggle';

rememberTheme();
offerSharing();
