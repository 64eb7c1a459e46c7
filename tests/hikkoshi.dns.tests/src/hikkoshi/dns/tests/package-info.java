/// Tests of the DNS probes against scripted and embedded name servers on loopback.
@NullMarked
package hikkoshi.dns.tests;

import org.jspecify.annotations.NullMarked;
