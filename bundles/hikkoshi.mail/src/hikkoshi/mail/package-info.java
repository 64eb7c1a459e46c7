/// The *mail leaf*: probes that log in to mail servers. Imported by nobody; it publishes its services by OSGi DS.
@NullMarked
package hikkoshi.mail;

import org.jspecify.annotations.NullMarked;
