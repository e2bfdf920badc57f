/**
 * The cards that are known by name: one line each, from the maker's datasheet. Memory is what CUDA or ROCm
 * reports to a program (`torch.cuda.mem_get_info`), because that is what a server shares out.
 *
 * Links are no datasheet figures but guesses, and said to be: NVLink and Infinity Fabric at 0.8 of the bandwidth
 * of one direction and 10 us, PCI Express at 25 GB/s and 20 us per all-reduce.
 */
import type { Card, Link } from './card.ts';

const GIB = 2 ** 30;

const fabric = (gigabytes: number): Link => ({ bandwidth: 0.8 * gigabytes * 1e9, latency: 10 });
const PCIE: Link = { bandwidth: 25e9, latency: 20 };

const card = (
  name: string, summary: string, memory: number, terabytes: number, [bf16, fp8]: readonly [bf16: number, fp8?: number], link: Link, source: string,
): Card => ({
  name, summary, memory: Math.round(memory), bandwidth: terabytes * 1e12,
  flops: { bf16: bf16 * 1e12, ...(fp8 !== undefined && { fp8: fp8 * 1e12 }) }, link, source,
});

export const CARDS: readonly Card[] = [
  card('h100', 'NVIDIA H100 SXM, 80 GB HBM3', 79.11 * GIB, 3.35, [989.4, 1978.9], fabric(450), 'NVIDIA H100 datasheet and Hopper white paper'),
  card('h200', 'NVIDIA H200 SXM, 141 GB HBM3e', 139.8 * GIB, 4.8, [989.4, 1978.9], fabric(450), 'NVIDIA H200 datasheet and Hopper white paper'),
  card('b200', 'NVIDIA B200 SXM, 180 GB HBM3e', 178.35 * GIB, 8, [2250, 4500], fabric(900), 'NVIDIA DGX B200 datasheet, an eighth of it'),
  card('a100-80gb', 'NVIDIA A100 SXM, 80 GB HBM2e', 79.14 * GIB, 2.039, [312], fabric(300), 'NVIDIA A100 datasheet; no FP8'),
  card('l40s', 'NVIDIA L40S, 48 GB GDDR6', 44.39 * GIB, 0.864, [362.05, 733], PCIE, 'NVIDIA L40S datasheet; memory with ECC'),
  card('l4', 'NVIDIA L4, 24 GB GDDR6', 22.03 * GIB, 0.3, [121, 242.5], PCIE, 'NVIDIA L4 datasheet (its figures are with sparsity: halved); memory with ECC'),
  card('rtx-4090', 'NVIDIA GeForce RTX 4090, 24 GB GDDR6X', 25_250_627_584, 1.008, [165.2, 330.3], PCIE, 'NVIDIA Ada white paper, FP32 accumulate; memory as a vLLM 0.19 run of LLMServingSim recorded it'),
  card('rtx-pro-6000', 'NVIDIA RTX PRO 6000 Blackwell, workstation edition, 96 GB GDDR7', 94.97 * GIB, 1.792, [503.8, 1007.6], PCIE, 'NVIDIA RTX PRO Blackwell white paper, FP32 accumulate; the server edition has 1,597 GB/s'),
  card('mi300x', 'AMD Instinct MI300X, 192 GB HBM3', 191.69 * GIB, 5.3, [1307.4, 2614.9], fabric(448), 'AMD Instinct MI300X datasheet'),
];
