// The icons in use, each by its name in Lucide.
export { default as arrowLeft } from 'lucide-static/icons/arrow-left.svg?raw';
export { default as flashlight } from 'lucide-static/icons/flashlight.svg?raw';
export { default as flashlightOff } from 'lucide-static/icons/flashlight-off.svg?raw';
export { default as history } from 'lucide-static/icons/history.svg?raw';
export { default as cloudOff } from 'lucide-static/icons/cloud-off.svg?raw';
export { default as cloudUpload } from 'lucide-static/icons/cloud-upload.svg?raw';
export { default as checkCheck } from 'lucide-static/icons/check-check.svg?raw';
export { default as keyboard } from 'lucide-static/icons/keyboard.svg?raw';
export { default as minus } from 'lucide-static/icons/minus.svg?raw';
export { default as plus } from 'lucide-static/icons/plus.svg?raw';
export { default as search } from 'lucide-static/icons/search.svg?raw';
export { default as settings } from 'lucide-static/icons/settings-2.svg?raw';
export { default as switchCamera } from 'lucide-static/icons/switch-camera.svg?raw';
export { default as wifiOff } from 'lucide-static/icons/wifi-off.svg?raw';
export { default as x } from 'lucide-static/icons/x.svg?raw';
