export { PublicPageNotFound as default } from '@/components/shell/page-not-found';
