import { describeAppFaults } from './app-setting.ts';

describeAppFaults('contact e-mail', {
  'no address': {
    spoil: (app) => void (app.contactEmail = ''),
    speaks: { 'app-contact-email': 'fail' },
    found: 'none',
    wanted: 'an e-mail address that somebody reads',
    fix: ' --contact-email CONTACT_EMAIL',
    inSetup: 'Edit > Basic Information > Contact Email: enter an address',
    leaves: { contactEmail: 'soc@acme.com' },
  },
});
