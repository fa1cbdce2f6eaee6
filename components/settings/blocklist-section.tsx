import Link from 'next/link';
import { Button } from '@/components/ui/button';
import { Card } from '@/components/ui/card';

export const BlocklistSection = ({ workspaceName }: { workspaceName: string }) => (
  <Card title="Blocklist" description={`Addresses and domains that are never verified for ${workspaceName}.`}>
    <Button asChild variant="secondary">
      <Link href="/settings/blocklist">Open the blocklist</Link>
    </Button>
  </Card>
);
