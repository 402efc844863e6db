import { type Bureau, type Business, toBusiness } from './bureau.ts';
import { makeHouseholds } from './households.ts';
import { makeBatchSheet, makePaymentSheet } from './livingPayments.ts';
import { makeChanges, makeRoll } from './livingRoll.ts';

/** 低保: roll, monthly payments, two subsidies in batches, changes. */
export function makeLiving(bureau: Bureau): Business {
  const { living } = bureau.plan;
  const households = makeHouseholds(bureau, living);
  const lumpSum = { name: '一次性生活补贴', indicator: '低保.一次性生活补贴金额', plan: living.lumpSum };
  const priceSubsidy = { name: '物价补贴', indicator: '低保.物价补贴金额', plan: living.priceSubsidy };
  const sheets = [
    makeRoll(bureau, households),
    makePaymentSheet(bureau, households),
    makeBatchSheet(bureau, households, lumpSum),
    makeBatchSheet(bureau, households, priceSubsidy),
    makeChanges(bureau, households),
  ];
  return toBusiness(
    sheets.map(({ grid }) => grid),
    Object.assign({}, ...sheets.map(({ figures }) => figures)),
  );
}
