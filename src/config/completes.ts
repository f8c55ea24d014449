/** Which names of the real world fit as a value; whoever completes a command line looks them up. */
export type Completes = 'namespaces' | 'contexts' | 'profiles' | 'incidents' | 'rules' | 'objects' | 'components' | 'settings' | 'files' | 'folders';
