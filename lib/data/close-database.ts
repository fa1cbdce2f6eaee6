// Ends the connections of this process, for programs outside the data room that stop.
export { closeDb as closeDatabase } from './_client';
