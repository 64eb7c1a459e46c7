#!/usr/bin/env python3
"""Writes hikkoshi.target from target.lst (G:A:V per line, '#' comments; '[label|missingManifest|symbolic name]' starts a location)."""
import html, pathlib
here = pathlib.Path(__file__).parent
out = ['<?xml version="1.0" encoding="UTF-8" standalone="no"?>', '<?pde version="3.8"?>', '<target name="hikkoshi">', '  <locations>']
opened = False
def close():
    if opened: out.extend(['      </dependencies>', '    </location>'])
for line in (here / 'target.lst').read_text().splitlines():
    line = line.split('#')[0].strip()
    if not line: continue
    if line.startswith('['):
        close(); opened = True
        label, missing, bsn = (line[1:-1].split('|') + ['', ''])[:3]
        out.append(f'    <location includeDependencyDepth="none" includeSource="false" missingManifest="{missing or "error"}" type="Maven" label="{html.escape(label)}">')
        if bsn:
            out.append('      <instructions><![CDATA[version: ${version_cleanup;${mvnVersion}}\nBundle-SymbolicName: ' + bsn + '\nBundle-Version: ${version}\nImport-Package: *;resolution:=optional\nExport-Package: *;version="${version}";-noimport:=true\nDynamicImport-Package: *]]></instructions>')
        out.append('      <dependencies>')
        continue
    g, a, v = line.split(':')
    out.append(f'        <dependency><groupId>{g}</groupId><artifactId>{a}</artifactId><version>{v}</version><type>jar</type></dependency>')
close()
out += ['  </locations>', '</target>', '']
(here / 'hikkoshi.target').write_text('\n'.join(out))
