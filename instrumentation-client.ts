// Runs in the browser before React does (Next's file name).
import { waitOutRestarts } from '@/components/ui/connection/navigation-fetch';

window.fetch = waitOutRestarts(window.fetch.bind(window));
