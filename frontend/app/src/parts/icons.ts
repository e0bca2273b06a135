// The icons in use, each by its name in Lucide.
export { default as arrowLeft } from 'lucide-static/icons/arrow-left.svg?raw';
export { default as flashlight } from 'lucide-static/icons/flashlight.svg?raw';
export { default as flashlightOff } from 'lucide-static/icons/flashlight-off.svg?raw';
export { default as history } from 'lucide-static/icons/history.svg?raw';
export { default as keyboard } from 'lucide-static/icons/keyboard.svg?raw';
export { default as settings } from 'lucide-static/icons/settings-2.svg?raw';
export { default as switchCamera } from 'lucide-static/icons/switch-camera.svg?raw';
export { default as wifiOff } from 'lucide-static/icons/wifi-off.svg?raw';
export { default as x } from 'lucide-static/icons/x.svg?raw';
