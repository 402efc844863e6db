-- How a cell becomes a value. Each macro returns null for what it cannot read; the caller compares with the raw
-- cell and makes a problem of it. Number cells of identifier and date columns arrive with chr(1) in front.
-- Table-tested in test/normalise/macros.test.ts.

-- Full-width forms to ASCII; only where there is a non-ASCII character at all.
create macro half(x) as
  case when strlen(x) = length(x) then x
       else translate(x, '０１２３４５６７８９．，－（）：／￥％Ｘｘ　', '0123456789.,-():/¥%Xx ') end;

create macro squeezed(x) as regexp_replace(half(x), '[\s\x{00A0}\x{200B}\x{FEFF}]+', '', 'g');

create macro to_text(x) as nullif(trim(replace(x, chr(1), ''), ' ' || chr(9) || chr(10) || chr(13) || chr(12288) || chr(160)), '');

-- "1,234.50", "¥300", "(300)", "3.2万元", "300元" → 元 to four places.
create macro to_amount_slow(y) as
  try_cast(regexp_replace(regexp_replace(y, '[,¥]|元$|万元?$', '', 'g'), '^\((.*)\)$', '-\1') as decimal(18, 4))
    * case when regexp_matches(y, '万元?\)?$') then 10000 else 1 end;
create macro to_amount(x) as
  coalesce(try_cast(x as decimal(18, 4)), try_cast(to_amount_slow(squeezed(x)) as decimal(18, 4)));

-- "72.0" is 72; "7.5" is not a whole number. Measure words (人、户、张) may follow.
create macro to_whole_slow(y) as
  case when try_cast(y as decimal(18, 4)) = floor(try_cast(y as decimal(18, 4))) then try_cast(try_cast(y as decimal(18, 4)) as bigint) end;
create macro to_whole(x) as
  coalesce(case when not contains(x, '.') then try_cast(x as bigint) end, to_whole_slow(regexp_replace(squeezed(x), ',|[人户张次名个家]$', '', 'g')));

-- Years 1900 to 2099 only: anything else is a typing error.
create macro checked_day(d) as case when d between date '1900-01-01' and date '2099-12-31' then d end;
create macro day_of_parts(p) as try_cast(p.y || '-' || p.m || '-' || case when p.d = '' then '1' else p.d end as date);
create macro to_day_slow(y) as
  case
    when regexp_full_match(y, '\d{8}') then try_cast(left(y, 4) || '-' || substr(y, 5, 2) || '-' || right(y, 2) as date)
    when regexp_full_match(y, '\d{6}') then try_cast(left(y, 4) || '-' || right(y, 2) || '-01' as date)
    when regexp_full_match(y, '[345]\d{4}') then date '1899-12-30' + try_cast(y as integer)
    else day_of_parts(regexp_extract(y, '^(\d{4})(?:年|[-/.])(\d{1,2})(?:(?:月|[-/.])(\d{1,2})日?)?(?:月|月份)?(?:T.*|\d?\d:\d\d.*)?$', ['y', 'm', 'd']))
  end;
-- A number cell 2023.1 may have been 2023.10: nobody can tell, so it is not read.
create macro to_day(x) as
  checked_day(coalesce(
    case when length(x) = 10 then try_cast(x as date) end,
    case when not regexp_full_match(x, chr(1) || '\d{4}\.1') then to_day_slow(squeezed(replace(x, chr(1), ''))) end));
create macro to_month(x) as date_trunc('month', to_day(x))::date;

-- GB 11643-1999: the check character of 17 digits.
create macro check_sum(n) as
  (n // 10000000000000000) * 7 + (n // 1000000000000000) % 10 * 9 + (n // 100000000000000) % 10 * 10
  + (n // 10000000000000) % 10 * 5 + (n // 1000000000000) % 10 * 8 + (n // 100000000000) % 10 * 4
  + (n // 10000000000) % 10 * 2 + (n // 1000000000) % 10 + (n // 100000000) % 10 * 6
  + (n // 10000000) % 10 * 3 + (n // 1000000) % 10 * 7 + (n // 100000) % 10 * 9
  + (n // 10000) % 10 * 10 + (n // 1000) % 10 * 5 + (n // 100) % 10 * 8 + (n // 10) % 10 * 4 + n % 10 * 2;
create macro check_character(n) as substr('10X98765432', (check_sum(n) % 11)::integer + 1, 1);

-- An identifier without the spaces, tabs and quotes that people and programs put around it.
create macro id_text(x) as
  case when length(x) = 18 and strlen(x) = 18 then upper(x) else upper(regexp_replace(squeezed(x), '[''`’‘"]', '', 'g')) end;
-- 15 digits (before 1999) become the 18 of the same person.
create macro id_18(y) as
  case when length(y) = 18 then y
       when regexp_full_match(y, '\d{15}') then
         left(y, 6) || '19' || right(y, 9) || check_character(try_cast(left(y, 6) || '19' || right(y, 9) as bigint)) end;
create macro id_well_formed(y) as regexp_full_match(y, '\d{17}[\dX]|\d{15}');
create macro id_checked(y) as length(y) = 15 or check_character(try_cast(left(y, 17) as bigint)) = right(y, 1);
-- The only form in which a person is kept: a keyed hash. Number cells and masked numbers are nobody.
create macro to_person(x) as case when id_well_formed(id_text(x)) then md5_number('{key}' || id_18(id_text(x))) end;
create macro to_key(x) as md5_number('{key}' || '#' || to_text(x));

-- What may be shown of a cell that could not be read: digits of long numbers and all but the first letter are hidden.
create macro to_masked(x) as
  case when regexp_matches(squeezed(x), '\d{11}') then left(squeezed(x), 4) || '**********' || right(squeezed(x), 4)
       when strlen(squeezed(x)) = length(squeezed(x)) and length(squeezed(x)) <= 10 then replace(squeezed(x), chr(1), '')
       else left(squeezed(x), 1) || '***' end;
