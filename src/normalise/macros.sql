-- How a cell becomes a value. A macro's argument is put in wherever its name stands, so arguments are columns, never
-- expressions: statement.ts works in layers. c: the raw cell; fast_…(c) reads the forms that machines write; only where
-- that gives nothing is the cell squeezed, and slow_…(s) reads what people write. Null means "could not be read".
-- Number cells of identifier and date columns arrive with chr(1) in front.

-- Without any white space, full-width forms made ASCII. The test costs a tenth of the work and nearly always says no.
create macro squeezed(c) as
  case when regexp_matches(c, '[\s\x{00A0}\x{200B}\x{FEFF}\x{3000}０-９．，－（）：／￥％Ｘｘ]')
       then regexp_replace(translate(c, '０１２３４５６７８９．，－（）：／￥％Ｘｘ', '0123456789.,-():/¥%Xx'), '[\s\x{00A0}\x{200B}\x{FEFF}\x{3000}]+', '', 'g')
       else c end;

-- Most cells have no white space at their ends (chr(160) and chr(12288) are its wide forms), and looking for it costs less than
-- trimming; comparisons and suffixes cost half of a regular expression.
create macro to_text(c) as
  case when c < '!' or c between chr(160) and chr(161) or c between chr(12288) and chr(12289)
            or ends_with(c, ' ') or ends_with(c, chr(160)) or ends_with(c, chr(12288))
            or ends_with(c, E'\t') or ends_with(c, E'\n') or ends_with(c, E'\r') or ends_with(c, E'\x01')
       then nullif(trim(c, E' \x01\t\n\r' || chr(160) || chr(12288)), '') else c end;

-- "1234.5". DuckDB takes "- " for 0, "1_000" and "1e3" for 1000; a cast is tried only on digits, points and minus signs. More
-- than 18 digits go the slow way: a cast to a wider decimal costs a hundred times as much.
create macro fast_amount(c) as case when not c glob '*[!-0-9.]*' then try_cast(c as decimal(18, 4)) end;
-- The same for cells in 万元: eight places, so that 285.046012 万元 keeps its 分 until it is multiplied.
create macro fast_multiple(c) as case when not c glob '*[!-0-9.]*' then try_cast(c as decimal(18, 8)) end;
-- "1,234.50", "¥300", "(300)", "3.2万元", "300元" → 元; "3万500元" and "12,5" are refused.
create macro slow_amount(s) as
  case when regexp_full_match(s, '\(?-?¥?-?((\d+|\d{1,3}(,\d{3})+)(\.\d*)?|\.\d+)(万元|万|元)?\)?') then
    try_cast(regexp_replace(regexp_replace(s, '[,¥元万]', '', 'g'), '^\((.*)\)$', '-\1') as decimal(28, 8))
      * case when contains(s, '万') then 10000 else 1 end end;

create macro fast_whole(c) as case when strlen(c) < 10 and not c glob '*[!-0-9]*' then try_cast(c as integer) end;
-- "72.0" is 72; "7.5" is no whole number. A measure word may follow: 3人, 1,000户.
create macro slow_whole(s) as
  case when regexp_full_match(s, '-?(\d{1,9}|\d{1,3}(,\d{3})+)(\.0+)?[人户张次名个家]?') then
    try_cast(regexp_replace(s, ',|\.0+|[人户张次名个家]$', '', 'g') as integer) end;

-- Years 1900 to 2099 only: anything else is a typing error.
-- 202203 as a number
create macro to_month_number(c) as case when strlen(c) = 6 then try_cast(c as integer) end;
-- 202203 (m: the same as a number), 2022-03-15, 2022-03
create macro fast_day(c, m) as
  case when m is not null then
         case when m between 190001 and 209912 and m % 100 between 1 and 12 then make_date(m // 100, m % 100, 1) end
       when c between '1900' and '21' then
         try_cast(case length(c) when 10 then c when 7 then case when substr(c, 5, 1) = '-' then c || '-01' end end as date) end;
-- 2022年3月, 2022.3, 2022/3/5, 2022年3月5日, 20220305, 44927.
-- A number cell 2023.1 may have been 2023.10: nobody can tell, so it is not read.
create macro slow_day(s) as
  case
    when regexp_full_match(s, '\x01.{4}\.1') then null
    when regexp_full_match(s, '\x01?[345]\d{4}') then date '1899-12-30' + try_cast(right(s, 5) as integer)
    when regexp_full_match(s, '\x01?(19|20)\d\d((\d\d){1,2}|[年/.-]\d{1,2}([月/.-]\d{1,2}日?|月份?)?)') then
      try_cast(regexp_replace(
        regexp_replace(s, '^\x01?(\d{4})(?:(\d\d)(\d\d)?|[年/.-](\d{1,2})(?:[月/.-](\d{1,2})日?|月份?)?)$', '\1-\2\4-\3\5'), '-$', '-1') as date) end;
-- date_trunc costs three times as much.
create macro to_month_start(d) as d - (day(d) - 1)::integer;
-- The time after a day is cut off before white space goes, or 2022/1/15 8:30 would become 2022/1/158:30.
create macro without_time(c) as regexp_replace(c, '(T|\s+)\d{1,2}:\d\d(:\d\d)?(\.\d+)?\s*$', '');

-- GB 11643-1999, in layers. The first 17 characters as a number; a cast would read 1e16 and 0x1F, too.
create macro to_number17(c) as
  case when strlen(c) >= 17 and c >= '0' and not c between '0X' and '0y' and not contains(c, 'e') and not contains(c, 'E')
       then try_cast(substr(c, 1, 17) as ubigint) end;
-- n: that number. Its first nine digits and its last eight.
create macro to_high(n) as (n // 100000000)::integer;
create macro to_low(n) as (n % 100000000)::integer;
-- The digits weigh 2, 4, 8 … from the right, modulo 11. A digit is n // 10^k less ten times n // 10^(k+1), so their sum weighed
-- with 1, 2, 4 … is n - 8 (n // 10 + 2 (n // 100 + 2 (…))).
create macro weighed_low(n) as n - 8 * (n // 10 + 2 * (n // 100 + 2 * (n // 1000 + 2 * (n // 10000
  + 2 * (n // 100000 + 2 * (n // 1000000 + 2 * (n // 10000000)))))));
create macro weighed_high(n) as n - 8 * (n // 10 + 2 * (n // 100 + 2 * (n // 1000 + 2 * (n // 10000
  + 2 * (n // 100000 + 2 * (n // 1000000 + 2 * (n // 10000000 + 2 * (n // 100000000))))))));
-- The character that makes the sum 1 modulo 11; 2^8, by which the high digits weigh more, is 3.
create macro check_character(high, low) as
  ['1', 'X', '8', '6', '4', '2', '0', '9', '7', '5', '3'][(3 * weighed_high(high) + weighed_low(low)) % 11 + 1];
-- 18 characters with the right check character k. n has 17 digits only where all of the first 17 characters are digits.
create macro fast_id(c, n, k) as
  case when n >= 10000000000000000 and strlen(c) = 18 and ends_with(c, k) then c end;
-- Without the quotes that people put in front.
create macro slow_id(s) as upper(regexp_replace(s, '[''`’‘"]', '', 'g'));
-- The first 17 digits of an ID; 15 digits (before 1999) become the 18 of the same person.
create macro to_body(u) as
  case when regexp_full_match(u, '\d{17}[\dX]') then left(u, 17) when regexp_full_match(u, '\d{15}') then left(u, 6) || '19' || right(u, 9) end;
-- The only forms in which a person, a household or a document is kept: keyed hashes.
create macro to_person(i) as md5_number('{key}' || i);
create macro to_key(t) as md5_number('{key}' || '#' || t);

-- What may be shown of a cell that could not be read: digits of long numbers and all but the first letter are hidden.
create macro to_masked(s) as
  case when regexp_full_match(s, '[0-9A-Za-z\s.-]*\d{11}[0-9A-Za-z\s.-]*') then left(s, 4) || '**********' || right(s, 4)
       when strlen(s) = length(s) and length(s) <= 10 then s
       else left(s, 1) || '***' end;
-- A text that is kept and may be printed, such as a township: in a row whose cells slipped it may be somebody's number.
create macro to_words(t) as case when length(t) >= 11 and regexp_matches(t, '\d{11}') then to_masked(t) else t end;
