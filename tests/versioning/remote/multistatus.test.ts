import { describe, expect, test } from 'vitest';
import { parseMultistatus } from '../../../src/versioning/remote/multistatus.ts';

/** As wsgidav 4.4.0 answers, shortened: properties that are missing in a propstat of their own. */
const wsgidav = `<?xml version='1.0' encoding='UTF-8'?>
<ns0:multistatus xmlns:ns0="DAV:"><ns0:response><ns0:href>/store/files/md5/ab/</ns0:href><ns0:propstat><ns0:prop>
<ns0:resourcetype><ns0:collection/></ns0:resourcetype></ns0:prop><ns0:status>HTTP/1.1 200 OK</ns0:status></ns0:propstat>
<ns0:propstat><ns0:prop><ns0:getcontentlength/></ns0:prop><ns0:status>HTTP/1.1 404 Not Found</ns0:status></ns0:propstat>
</ns0:response><ns0:response><ns0:href>/store/files/md5/ab/c%C3%A9%20d</ns0:href><ns0:propstat><ns0:prop>
<ns0:resourcetype/><ns0:getcontentlength>12</ns0:getcontentlength></ns0:prop><ns0:status>HTTP/1.1 200 OK</ns0:status>
</ns0:propstat></ns0:response></ns0:multistatus>`;

/** Wraps responses in an answer. */
function answer(responses: string): string {
  return `<D:multistatus xmlns:D="DAV:">${responses}</D:multistatus>`;
}

describe('parseMultistatus', () => {
  test('tells collections from files and knows their sizes', () => {
    expect(parseMultistatus(wsgidav)).toEqual([
      { name: 'ab', isCollection: true, size: undefined },
      { name: 'cé d', isCollection: false, size: 12 },
    ]);
  });

  test.each([
    ['no prefix', '<multistatus xmlns="DAV:"><response><href>/x</href></response></multistatus>', ['x']],
    ['nothing in it', '<D:multistatus xmlns:D="DAV:"></D:multistatus>', []],
    ['an empty tag', '<D:multistatus xmlns:D="DAV:"/>\n', []],
    ['an absolute href', answer('<D:response><D:href>http://host/a/b/</D:href></D:response>'), ['b']],
    ['an href that is not encoded right', answer('<D:response><D:href>/a%ZZ</D:href></D:response>'), ['a%ZZ']],
  ])('reads an answer with %s', (_, text, names) => {
    expect(parseMultistatus(text)?.map(({ name }) => name)).toEqual(names);
  });

  test.each([
    ['a web page', '<html><body>Welcome</body></html>'],
    ['nothing', ''],
    ['an answer that breaks off', wsgidav.slice(0, -20)],
    [
      'a size that is none',
      answer(
        '<D:response><D:href>/a</D:href><D:propstat><D:prop><D:getcontentlength>-1</D:getcontentlength></D:prop></D:propstat></D:response>',
      ),
    ],
    ['a response without href', answer('<D:response></D:response>')],
    ['tags nested without end', `${'<a>'.repeat(10_000)}</D:multistatus>`],
    ['a reserved name', answer('<D:response><__proto__>x</__proto__></D:response>')],
  ])('returns undefined for %s', (_, text) => {
    expect(parseMultistatus(text)).toBeUndefined();
  });

  test('does not expand entities', () => {
    const bomb = '<!DOCTYPE a [<!ENTITY x "0123456789"><!ENTITY y "&x;&x;&x;&x;&x;&x;">]>';
    expect(parseMultistatus(`${bomb}${answer('<D:response><D:href>/&y;</D:href></D:response>')}`)).toEqual([
      { name: '&y;', isCollection: false, size: undefined },
    ]);
  });
});
