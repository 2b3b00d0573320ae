/** Opens whatever OpenSSL can, also by its legacy provider, and encrypts it as is read here, at a bearable cost. */
export const reencryptCommand =
  'openssl pkcs8 -topk8 -v2 aes-256-cbc -iter 600000 -provider default -provider legacy -in old.pem -out key.pem'
