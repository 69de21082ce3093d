/** What is written as YAML or JSON: Go structs are plain objects with fields in Go's order, Go maps are `Map`s. */
export type Encodable =
  | null
  | boolean
  | number
  | string
  | readonly Encodable[]
  | ReadonlyMap<string, Encodable>
  | { readonly [field: string]: Encodable };
