import { sameId } from './ids.ts';
import { insufficientAccess, json, methodNotAllowed, notFound } from './http.ts';
import type { Context, Reply } from './http.ts';
import { versioned } from './rest.ts';
import { visibleTable } from './soql-result.ts';
import type { App } from './state.ts';
import { accesses, assignments, grantees } from './tables/access.ts';
import type { Grantee } from './tables/access.ts';
import type { Asking, Row, Table } from './tables.ts';

/** A record that the org does not take, or does not give away. */
class RestRefusal extends Error {
  readonly reply: Reply;
  constructor(status: number, errorCode: string, message: string, fields: string[] = []) {
    super(message);
    this.reply = json(status, [{ message, errorCode, fields }]);
  }
}

const unknownId = (status: number): RestRefusal =>
  new RestRefusal(status, 'INVALID_CROSS_REFERENCE_KEY', 'invalid cross reference id');

type Fields = Record<string, unknown>;

/** How an object is written. `now` is the org's clock in milliseconds. */
type Writing = {
  /** What a new record must have; nothing else may be given. */
  required: readonly string[];
  create: (asking: Asking, ids: string[], now: number) => string;
  remove: (asking: Asking, id: string, now: number) => void;
};

/** The only objects here that are created and deleted by REST; those of apps are deployed (docs/reference/external-client-apps.md §10). */
const writings: Readonly<Record<string, Writing>> = {
  /** Gives a permission set, a group or a profile access to an app (§10.2). */
  SetupEntityAccess: {
    required: ['ParentId', 'SetupEntityId'],
    create: ({ org }, [parentId = '', entityId = ''], now) => {
      const grantee = granteeOf(org, parentId, 'Parent ID');
      const app = org.apps.find(({ id }) => sameId(id, entityId));
      if (!app) {
        if (/^0(xI|H4)/.test(entityId)) throw unknownId(400);
        throw wrongObject('Setup Entity ID', entityId, 'SetupEntityId');
      }
      const rowOf = (): string | undefined =>
        accesses(org).find((one) => one.app === app && one.grantee.id === grantee.id)?.id;
      if (rowOf() !== undefined) {
        const message = 'duplicate value found: <unknown> duplicates value on record with id: <unknown>';
        throw new RestRefusal(400, 'DUPLICATE_VALUE', message);
      }
      granted(app, grantee).push(grantee.name);
      app.changedAt = now;
      return rowOf() ?? '';
    },
    remove: ({ org }, id, now) => {
      const found = accesses(org).find((one) => sameId(one.id, id));
      if (!found) throw unknownId(404);
      const names = granted(found.app, found.grantee);
      const at = names.indexOf(found.grantee.name);
      // A group has the access of the permission sets in it, which is not taken away from the group.
      if (at < 0)
        throw new RestRefusal(400, 'INSUFFICIENT_ACCESS_OR_READONLY', 'insufficient access rights on object id');
      names.splice(at, 1);
      found.app.changedAt = now;
    },
  },
  PermissionSetAssignment: {
    required: ['AssigneeId', 'PermissionSetId'],
    create: ({ org }, [assigneeId = '', setId = '']) => {
      const user = org.users.find(({ id }) => sameId(id, assigneeId));
      if (!user) {
        if (assigneeId.startsWith('005')) throw unknownId(400);
        throw wrongObject('Assignee ID', assigneeId, 'AssigneeId');
      }
      const grantee = granteeOf(org, setId, 'PermissionSet ID');
      if (grantee.kind === 'Profile') {
        const message = "You can't assign a permission set that is owned by a profile";
        throw new RestRefusal(400, 'FIELD_INTEGRITY_EXCEPTION', message, ['PermissionSetId']);
      }
      if (user.permissionSets.includes(grantee.name)) {
        const message = `Duplicate PermissionSetAssignment. Assignee: ${user.id}; Permission Set: ${grantee.id}`;
        throw new RestRefusal(400, 'DUPLICATE_VALUE', message, ['AssigneeId', 'PermissionSetId']);
      }
      user.permissionSets.push(grantee.name);
      const row = assignments(org, false).find((one) => one.user === user && one.grantee.id === grantee.id);
      return row?.id ?? '';
    },
    remove: ({ org }, id) => {
      const found = assignments(org, true).find((one) => sameId(one.id, id));
      if (!found) throw unknownId(404);
      const { user, grantee } = found;
      if (grantee.kind === 'Profile') {
        throw new RestRefusal(400, 'INSUFFICIENT_ACCESS_OR_READONLY', 'insufficient access rights on object id');
      }
      user.permissionSets.splice(user.permissionSets.indexOf(grantee.name), 1);
    },
  },
};

/** The names on the app that this kind of grantee stands among. */
const granted = (app: App, { kind }: Grantee): string[] => (kind === 'Profile' ? app.profiles : app.permissionSets);

function granteeOf(org: Asking['org'], id: string, label: string): Grantee {
  const found = grantees(org).find((one) => sameId(one.id, id));
  if (found) return found;
  throw id.startsWith('0PS') ? unknownId(400) : wrongObject(label, id, label.replace(' ID', 'Id'));
}

const wrongObject = (label: string, id: string, field: string): RestRefusal =>
  new RestRefusal(400, 'FIELD_INTEGRITY_EXCEPTION', `${label}: id value of incorrect type: ${id}`, [field]);

type Request = { context: Context; asking: Asking; name: string; table: Table; base: string };

/** A route at `/sobjects/<Object>[/<id>]`, for an object that exists for the asking user. */
const ofObject = (handle: (request: Request, id: string) => Reply): ReturnType<typeof versioned> =>
  versioned((context, token, base) => {
    const [object = '', id = ''] = context.path.split('/').slice(5);
    const asking: Asking = { ...context.world, user: token.user, api: 'rest', base, now: context.now };
    const found = visibleTable(object, asking);
    if (!found) return notFound();
    if (found.table.absence?.(asking) === 'insufficient-access') return insufficientAccess();
    try {
      return handle({ context, asking, base, ...found }, id);
    } catch (error) {
      if (!(error instanceof RestRefusal)) throw error;
      return error.reply;
    }
  });

/** `GET /services/data/vNN.0/sobjects/<Object>` says in short what it is; `POST` makes a record: 201 with the id. */
export const objectOrNewRecord = ofObject(({ context, asking, name, table }) => {
  const writing = writings[name];
  const written = writing !== undefined;
  if (['GET', 'HEAD'].includes(context.method)) {
    const { keyPrefix } = table;
    const objectDescribe = { name, keyPrefix, createable: written, deletable: written, queryable: true };
    return json(200, { objectDescribe, recentItems: [] });
  }
  if (context.method !== 'POST' || !writing) {
    return methodNotAllowed(context.method, ['GET', 'HEAD', ...(writing ? ['POST'] : [])]);
  }
  const fields = fieldsOf(context.body);
  for (const field of Object.keys(fields)) {
    if (!(field in table.columns)) {
      throw new RestRefusal(400, 'INVALID_FIELD', `No such column '${field}' on sobject of type ${name}`);
    }
    if (!writing.required.includes(field)) {
      const message =
        `Unable to create/update fields: ${field}. Please check the security settings of this field and verify that it is read/write ` +
        'for your profile or permission set.';
      throw new RestRefusal(400, 'INVALID_FIELD_FOR_INSERT_UPDATE', message, [field]);
    }
  }
  const missing = writing.required.filter((field) => (fields[field] ?? '') === '');
  if (missing.length > 0) {
    const message = `Required fields are missing: [${missing.join(', ')}]`;
    throw new RestRefusal(400, 'REQUIRED_FIELD_MISSING', message, missing);
  }
  mayWrite(asking);
  const ids = writing.required.map((field) => String(fields[field]));
  return json(201, { id: writing.create(asking, ids, context.now), success: true, errors: [] });
});

/** `GET` and `DELETE /services/data/vNN.0/sobjects/<Object>/<id>`: the whole record, or 204. */
export const oneRecord = ofObject(({ context, asking, name, table, base }, id) => {
  const writing = writings[name];
  if (context.method === 'DELETE' && writing) {
    mayWrite(asking);
    writing.remove(asking, id, context.now);
    return { status: 204, headers: {}, body: '' };
  }
  const allowed = ['GET', 'HEAD', ...(writing ? ['DELETE'] : [])];
  if (!['GET', 'HEAD'].includes(context.method)) return methodNotAllowed(context.method, allowed);
  const row = table.rows(asking.org, asking).find((one: Row) => sameId(String(one['Id']), id));
  if (!row) return notFound();
  return json(200, { attributes: { type: name, url: `${base}/sobjects/${name}/${String(row['Id'])}` }, ...row });
});

/** One permission stands for all that Salesforce asks of who changes what permission sets give, and who has them. */
function mayWrite({ user }: Asking): void {
  if (user.permissions.assignPermissionSets) return;
  throw new RestRefusal(403, 'INSUFFICIENT_ACCESS_OR_READONLY', 'insufficient access rights on cross-reference id');
}

function fieldsOf(body: string): Fields {
  try {
    const value: unknown = JSON.parse(body);
    if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value as Fields;
  } catch {
    // Falls through to the refusal.
  }
  throw new RestRefusal(
    400,
    'JSON_PARSER_ERROR',
    'The HTTP entity body is required, but this request has no valid one.'
  );
}
