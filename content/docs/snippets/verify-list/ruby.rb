require 'email_verifier'

client = EmailVerifier::Client.new
done = client.lists.verify('customers.csv',
                           on_progress: ->(list) { warn "#{list.progress.processed} of #{list.progress.total}" })
done.rows.each { |row| puts [row.email, row.status, row.reason].join(' ') }
puts [done.list.id, done.list.status].join(' ')
