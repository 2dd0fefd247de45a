//! Just enough of the protocol-buffer wire format to take an ONNX file apart and put it together again. Unknown fields
//! pass through untouched.

/// One field of a message: its number and value.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Field<'a> {
    pub number: u64,
    pub value: Value<'a>,
}

#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum Value<'a> {
    Varint(u64),
    Fixed64([u8; 8]),
    Bytes(&'a [u8]),
    Fixed32([u8; 4]),
}

impl<'a> Field<'a> {
    /// The payload when this is field `number` and carries bytes.
    pub fn bytes(&self, number: u64) -> Option<&'a [u8]> {
        match self.value {
            Value::Bytes(bytes) if self.number == number => Some(bytes),
            _ => None,
        }
    }

    pub fn text(&self, number: u64) -> Option<&'a str> {
        std::str::from_utf8(self.bytes(number)?).ok()
    }

    pub fn varint(&self, number: u64) -> Option<u64> {
        match self.value {
            Value::Varint(value) if self.number == number => Some(value),
            _ => None,
        }
    }
}

/// The fields of a message in order; `None` when the bytes are not a message.
pub(super) fn parse(mut bytes: &[u8]) -> Option<Vec<Field<'_>>> {
    let mut fields = Vec::new();
    while !bytes.is_empty() {
        let key = take_varint(&mut bytes)?;
        let value = match key & 7 {
            0 => Value::Varint(take_varint(&mut bytes)?),
            1 => Value::Fixed64(take(&mut bytes, 8)?.try_into().ok()?),
            2 => {
                let length = usize::try_from(take_varint(&mut bytes)?).ok()?;
                Value::Bytes(take(&mut bytes, length)?)
            }
            5 => Value::Fixed32(take(&mut bytes, 4)?.try_into().ok()?),
            _ => return None,
        };
        fields.push(Field { number: key >> 3, value });
    }
    Some(fields)
}

/// Appends one field.
pub(super) fn write(into: &mut Vec<u8>, field: Field<'_>) {
    let key = field.number << 3;
    match field.value {
        Value::Varint(value) => {
            write_varint(into, key);
            write_varint(into, value);
        }
        Value::Fixed64(value) => {
            write_varint(into, key | 1);
            into.extend_from_slice(&value);
        }
        Value::Bytes(value) => {
            write_varint(into, key | 2);
            write_varint(into, value.len() as u64);
            into.extend_from_slice(value);
        }
        Value::Fixed32(value) => {
            write_varint(into, key | 5);
            into.extend_from_slice(&value);
        }
    }
}

pub(super) fn write_bytes(into: &mut Vec<u8>, number: u64, value: &[u8]) {
    write(into, Field { number, value: Value::Bytes(value) });
}

pub(super) fn write_number(into: &mut Vec<u8>, number: u64, value: u64) {
    write(into, Field { number, value: Value::Varint(value) });
}

/// Numbers of a repeated integer field, packed or not.
pub(super) fn repeated_varints(fields: &[Field<'_>], number: u64) -> Option<Vec<u64>> {
    let mut values = Vec::new();
    for field in fields {
        if let Some(value) = field.varint(number) {
            values.push(value);
        } else if let Some(mut packed) = field.bytes(number) {
            while !packed.is_empty() {
                values.push(take_varint(&mut packed)?);
            }
        }
    }
    Some(values)
}

fn take<'a>(bytes: &mut &'a [u8], length: usize) -> Option<&'a [u8]> {
    let (head, rest) = bytes.split_at_checked(length)?;
    *bytes = rest;
    Some(head)
}

fn take_varint(bytes: &mut &[u8]) -> Option<u64> {
    let mut value = 0_u64;
    for shift in (0..64).step_by(7) {
        let (&byte, rest) = bytes.split_first()?;
        *bytes = rest;
        value |= u64::from(byte & 0x7F) << shift;
        if byte & 0x80 == 0 {
            return Some(value);
        }
    }
    None
}

fn write_varint(into: &mut Vec<u8>, mut value: u64) {
    while value >= 0x80 {
        into.push((value as u8 & 0x7F) | 0x80);
        value >>= 7;
    }
    into.push(value as u8);
}
